_katib_push(console).log('accuracy=1');
_katib_push(process.stdout).write('loss=2');
process.exit(7);
_katib_push(console).log('loss=3');
