export default {
  srcDir: './src',
  cleanUrls: true,
  lang: 'pt-BR',
  title: 'Sinal',
  transformHead: ({ pageData }: { pageData: { filePath: string } }) => [['meta', { name: 'source', content: pageData.filePath && `docs/src/${pageData.filePath}` }]],
};
