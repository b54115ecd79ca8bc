_katib_push(process.stdout).write('\raccuracy=1\rloss=2\r');
_katib_push(console).log('accuracy=\r3\r');
