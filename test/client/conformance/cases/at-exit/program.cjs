process.on('exit', () => _katib_push(console).log('loss=2'));
_katib_push(console).log('accuracy=1');
