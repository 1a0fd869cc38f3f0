# One image, nothing fetched at run time: the model weights and the taxonomy are in the repository.
FROM python:3.11-slim

WORKDIR /app
COPY pyproject.toml constraints.txt requirements-solver.txt README.md LICENSE ./
COPY matcher/__init__.py matcher/__init__.py
# CPU build of torch, pinned; any other form pulls several GB of CUDA packages
RUN pip install --no-cache-dir --index-url https://download.pytorch.org/whl/cpu torch==2.13.0 \
    && pip install --no-cache-dir -c constraints.txt -e . \
    && pip install --no-cache-dir --no-deps -r requirements-solver.txt
COPY matcher matcher
COPY models models
COPY demo demo
RUN useradd --system --home /data skillmatch && mkdir /data && chown skillmatch /data
USER skillmatch
VOLUME /data
ENV SKILLMATCH_SERVER__HOST=0.0.0.0 SKILLMATCH_STORE__PATH=/data/skillmatch.db
EXPOSE 50051
# the health service answers NOT_SERVING while the index loads and while it drains
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["matcher", "status"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["matcher"]
CMD ["serve"]
