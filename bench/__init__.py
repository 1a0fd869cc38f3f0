"""Speed and memory of the running service, measured from another process."""
