/** Every way we know for a document to reach for something outside itself. */

/** Each takes an address and gives HTML that asks for it. */
export const BODY_VECTORS: Record<string, (url: string) => string> = {
  img: (url) => `<img src="${url}">`,
  srcset: (url) => `<img srcset="${url} 1x, ${url}?2 2x">`,
  picture: (url) => `<picture><source srcset="${url}"><img src="${url}"></picture>`,
  'style attribute': (url) => `<p style="background:url('${url}')">x</p>`,
  'style properties': (url) =>
    `<ul style="list-style-image:url(${url});cursor:url(${url}),auto;border-image:url(${url}) 9;mask-image:url(${url});filter:url(${url}#f);clip-path:url(${url}#c);shape-outside:url(${url});background:image-set('${url}' 1x)"><li>x</ul>`,
  'style element': (url) =>
    `<style>@import "${url}"; @font-face{font-family:Z;src:url(${url})} i{font-family:Z;background:url(${url})} i::before{content:url(${url})}</style><i>x</i>`,
  links: (url) =>
    'stylesheet prefetch preconnect dns-prefetch preload modulepreload icon manifest prerender search next alternate'
      .split(' ')
      .map((rel) => `<link rel="${rel}" as="image" href="${url}">`)
      .join(''),
  iframe: (url) => `<iframe src="${url}" width="300" height="200"></iframe>`,
  srcdoc: (url) =>
    `<iframe srcdoc="&lt;img src='${url}'&gt;&lt;script&gt;fetch('${url}')&lt;/script&gt;&lt;meta http-equiv=refresh content='0;url=${url}'&gt;"></iframe>`,
  'data frame': (url) => `<iframe src="data:text/html,<img src='${url}'>"></iframe>`,
  object: (url) => `<object data="${url}" width="300" height="200"></object>`,
  embed: (url) => `<embed src="${url}" width="300" height="200">`,
  media: (url) =>
    `<video autoplay src="${url}" poster="${url}"><track default src="${url}"></video><audio autoplay src="${url}"></audio>`,
  'svg image': (url) => `<svg><image href="${url}" width="9" height="9"/><use href="${url}#a"/></svg>`,
  'svg filter': (url) =>
    `<svg><filter id="f"><feImage href="${url}"/></filter><rect filter="url(#f)" fill="url(${url}#g)" width="9" height="9"/></svg>`,
  'svg foreign': (url) =>
    `<svg><foreignObject width="99" height="99"><img src="${url}"><iframe src="${url}"></iframe></foreignObject></svg>`,
  'svg as picture': (url) =>
    `<img src="data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>@import "${url}"</style><image href="${url}" width="9" height="9"/><script>fetch('${url}')</script></svg>`)}">`,
  script: (url) => `<script src="${url}"></script><script>fetch('${url}');new Image().src='${url}'</script>`,
  'web socket': (url) => `<script>new WebSocket('${url.replace(/^http/, 'ws')}')</script>`,
  handlers: (url) =>
    `<img src="data:," onerror="fetch('${url}')"><svg onload="fetch('${url}')"></svg><details open ontoggle="fetch('${url}')">x</details><input autofocus onfocus="fetch('${url}')">`,
  base: (url) => `<base href="${url}/"><img src="relative.png">`,
  form: (url) =>
    `<form action="${url}"><input type="image" src="${url}"><button autofocus>x</button></form><a href="${url}" ping="${url}">x</a>`,
  speculation: (url) =>
    `<script type="speculationrules">{"prefetch":[{"urls":["${url}"]}],"prerender":[{"urls":["${url}"]}]}</script>`,
  'old attributes': (url) => `<table background="${url}"><tr><td background="${url}">x</table>`,
  template: (url) => `<div><template shadowrootmode="open"><img src="${url}"></template></div>`,
};

/** For the head, where a template could have them. */
export const HEAD_VECTORS: Record<string, (url: string) => string> = {
  links: BODY_VECTORS['links'] ?? String,
  style: (url) =>
    `<style>@import url("${url}"); @font-face{font-family:Z;src:url("${url}")} body{font-family:Z;background:url("${url}")}</style>`,
  script: BODY_VECTORS['script'] ?? String,
  base: (url) =>
    `<base href="${url}/"><link rel="stylesheet" href="a.css"><style>body{background:url(b.png)}</style>`,
  'policy of its own': (url) =>
    `<meta http-equiv="Content-Security-Policy" content="default-src * 'unsafe-inline'"><style>body{background:url("${url}")}</style>`,
  'hints in meta': (url) => `<meta http-equiv="Link" content="<${url}>; rel=preload; as=image">`,
  'body smuggled in': (url) =>
    `</head><body style="background:url(${url})"><img src="${url}"><iframe src="${url}"></iframe>`,
};
