_katib_push(process.stdout).write('accu');
_katib_push(console).error('loss=1');
_katib_push(console).log('racy=2');
