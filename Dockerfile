# The image of the bot. Any base with Python 3.11 or newer will do: --build-arg PYTHON_IMAGE=…
# Another package index: --build-arg PIP_INDEX_URL=…
ARG PYTHON_IMAGE=python:3.13-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ARG PIP_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv --without-pip /app
COPY requirements.txt requirements-build.txt ./
RUN python -m pip --python /app/bin/python install --require-hashes --only-binary :all: -r requirements.txt \
    && python -m pip install --require-hashes --only-binary :all: -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY templates templates
RUN python -m pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m pip --python /app/bin/python install --no-deps --no-index /wheels/*.whl \
    && /app/bin/python -c 'from bot.cards.templates import load_all; load_all()'

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="Youkong" \
      org.opencontainers.image.description="Answers who is free in DingTalk chats" \
      org.opencontainers.image.licenses="MIT"
# Inside a container only these make sense, so they win over the file; `-p` and `-e` are how they are changed.
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    YOUKONG_SERVER__HOST=0.0.0.0 \
    YOUKONG_SERVER__PORT=8080
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin youkong \
    && install --directory --owner=youkong --group=youkong --mode=0700 /data
COPY --from=build /app /app
USER 10001:10001
# The default store.url is relative, so it lies in the volume; one that the file names is taken as it stands.
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; page = http.client.HTTPConnection('127.0.0.1', int(os.environ['YOUKONG_SERVER__PORT']), timeout=3); page.request('GET', '/healthz'); sys.exit(page.getresponse().status != 200)"]
ENTRYPOINT ["youkong"]
CMD ["run", "-c", "/etc/youkong/config.yaml"]
