# Gyrus without a screen: the command line, and the screens on loopback for a browser on the same host (docs/packaging.md).
#   docker build -t gyrus .
#   docker run --rm --network host -v gyrus-data:/data gyrus
#   docker run --rm -v gyrus-data:/data -v "$PWD/scans:/scans:ro" --entrypoint gyrus gyrus classify /scans --json
# Loopback stays loopback: --network host lets the host's browser in, and nobody else.
FROM node:24.21.0-bookworm-slim AS made
WORKDIR /gyrus
COPY . .
RUN npm ci && node scripts/build.ts --electron && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Gyrus" \
      org.opencontainers.image.description="A second opinion on brain MRI scans. Decision aid only, not a diagnosis." \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /gyrus
COPY --from=made /gyrus/package.json /gyrus/LICENSE /gyrus/THIRD_PARTY_NOTICES.md ./
COPY --from=made /gyrus/node_modules ./node_modules
COPY --from=made /gyrus/dist ./dist
COPY --from=made /gyrus/resources ./resources
RUN printf '#!/bin/sh\nexec node /gyrus/dist/electron/gyrus.js "$@"\n' > /usr/local/bin/gyrus && chmod 755 /usr/local/bin/gyrus \
 && mkdir /data && chown node:node /data
USER node
ENV GYRUS_DATA=/data
VOLUME /data
ENTRYPOINT ["node", "/gyrus/dist/electron/serve.js"]
CMD ["--no-open"]
