export default function (config) {
  config.addGlobalData('layout', 'page.html');
  config.addTransform('source', function (content) {
    const { inputPath, url } = this.page;
    return String(this.page.outputPath).endsWith('.html') && url !== '/paged/1/'
      ? content.replace('</head>', `<meta name="source" content="${inputPath.replaceAll('&', '&amp;')}">\n</head>`)
      : content;
  });
  return { dir: { input: 'src', includes: '_parts', layouts: '_layouts', data: '_facts' } };
}
