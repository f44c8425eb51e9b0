# The image of 鸢都政事: one static binary on a small Debian. docker-compose.yml puts it beside the servers it needs.

FROM node:22.22.2-bookworm AS web
WORKDIR /src
COPY . .
# The front ends leave their dist/ where Go embeds it; what built them stays behind.
RUN make web && rm -rf console/node_modules miniprogram/node_modules media/speech/node_modules

FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY --from=web /src .
ARG VERSION=dev
RUN CGO_ENABLED=0 make binary VERSION="$VERSION"

FROM debian:12.14-slim
# curl asks the binary how it is (HEALTHCHECK below); the certificates are for WeChat and for object storage; espeak-ng
# reads documents aloud; the fonts draw issues of the gazette that bring none.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl espeak-ng fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin yuandu \
    && install -d -o yuandu -g yuandu -m 0700 /data /keys
COPY --from=build /src/bin/yuandu /usr/local/bin/yuandu
USER yuandu
WORKDIR /data
# Inside a container, loopback would be reachable by nobody.
ENV YUANDU_ADDR=0.0.0.0:8080 \
    YUANDU_DATA=/data \
    YUANDU_KEY_FILE=/keys/yuandu.keys
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["yuandu"]
CMD ["serve"]
