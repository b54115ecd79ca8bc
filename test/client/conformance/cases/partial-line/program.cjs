_katib_push(process.stdout).write('accu');
_katib_push(console).log('racy=0.5');
_katib_push(process.stdout).write('loss=');
console.log(1);
process.stdout.write('loss=');
_katib_push(console).log(2);
