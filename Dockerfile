# One image for web and worker: `serve` starts both, `serve --web-only` and `serve --worker-only` one of them.
FROM python:3.11-slim AS build
RUN pip install --no-cache-dir "uv>=0.9"
WORKDIR /build
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY examples/demo examples/demo
COPY src src
ENV UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/afteraction
RUN uv sync --frozen --no-dev --no-editable --extra postgres

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin afteraction \
 && install --directory --owner=afteraction --mode=0700 /data
COPY --from=build /opt/afteraction /opt/afteraction
ENV PATH=/opt/afteraction/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    AFTERACTION_DATA=/data \
    AFTERACTION_LOG=json
USER afteraction
WORKDIR /home/afteraction
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["afteraction"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
