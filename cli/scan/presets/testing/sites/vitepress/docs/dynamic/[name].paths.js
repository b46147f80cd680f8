export default { paths: () => [{ params: { name: 'one' } }, { params: { name: 'two' } }] };
