# og-sync for AWS Lambda, layers in the order in which they change: dependencies, browser, fonts, code, templates.
# Needs no BuildKit: the classic builder, BuildKit and buildah make the same image.
#
# The base has few commands (no find, tar, gzip, which, xargs): a RUN may use what deploy/container/commands.txt lists.
#
# Pin the base by digest with --build-arg BASE=public.ecr.aws/lambda/nodejs@sha256:… where the registry is trusted less.
ARG BASE=public.ecr.aws/lambda/nodejs:24

# What npm installs for production, by the lock file. No script of a package runs. Site generators that plugins are made for are peers: npm
# would bring what of them the lock file has.
FROM ${BASE} AS dependencies
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm pkg delete peerDependencies peerDependenciesMeta \
 && npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY deploy/container/layer.ts deploy/container/

# Our own files, bundled, and the fonts that come along. Of the font packages stay those that draw 48 more scripts.
FROM dependencies AS code
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY rolldown.config.ts tsconfig.json ./
COPY function function
COPY cli cli
COPY deploy deploy
RUN node_modules/.bin/rolldown -c --configLoader native --log-level warn \
 && node deploy/container/layer.ts dist \
 && mv dist/fonts /fonts
WORKDIR /build/node_modules
RUN rm -rf $(realpath --relative-to=/fonts /fonts/@*/*)

# The browser inflated and the fonts unpacked, so that a cold start unpacks nothing. Times are set to the epoch: the same
# browser is then the same layer, and a push sends it once.
FROM dependencies AS prepared
ENV OG_CACHE_DIR=/opt/og-cache
COPY --from=code /build/dist dist
COPY --from=code /fonts dist/fonts
RUN node dist/prepare.js \
 && mkdir -p /layers/browser /layers/fonts \
 && mv /opt/og-cache/chromium-* /layers/browser/ \
 && mv /opt/og-cache/* /layers/fonts/ \
 && node deploy/container/layer.ts /layers

# With fonts for all scripts; without what only other platforms and editors read, and without the packed browser.
FROM dependencies AS modules
COPY --from=code /build/node_modules/@fontsource node_modules/@fontsource
COPY --from=code /build/node_modules/@fontsource-variable node_modules/@fontsource-variable
RUN rm -rf node_modules/@sparticuz/chromium/bin \
 && node deploy/container/layer.ts node_modules .woff .map .d.ts .d.cts .d.mts

FROM ${BASE}
# A folder of templates beside ours, or instead of some of them.
ARG TEMPLATES=templates
# HOME, since the AWS SDK looks for its files there and fails where neither HOME nor the user's entry in passwd is.
ENV OG_CACHE_DIR=/opt/og-cache \
    HOME=/tmp \
    NODE_ENV=production
WORKDIR /var/task
COPY --from=modules /build/node_modules node_modules
COPY --from=prepared /layers/browser/ /opt/og-cache/
COPY --from=prepared /layers/fonts/ /opt/og-cache/
COPY --from=code /fonts dist/fonts
COPY package.json ./
COPY --from=code /build/dist dist
COPY templates templates
COPY ${TEMPLATES} templates
ARG COMMIT=unknown
LABEL org.opencontainers.image.title="og-sync" \
      org.opencontainers.image.description="Open Graph images of posts, rendered by Chromium on AWS Lambda" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision="${COMMIT}"
CMD ["dist/handler.handler"]
