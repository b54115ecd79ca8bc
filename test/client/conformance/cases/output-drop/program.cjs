console.log('accuracy=9');
_katib_push(console).log('accuracy=1');
_katib_push(process.stdout).write('loss=');
_katib_push(console).log(2);
console.log('end');
