"""The gRPC edge: proto in, engine call, proto out. Only this folder imports grpc."""
