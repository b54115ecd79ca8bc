console.log('accuracy=1');
_katib_push(console).log('accuracy=2');
process.stderr.write('loss=3\n');
process.stdout.write('loss=');
process.stdout.write('4');
