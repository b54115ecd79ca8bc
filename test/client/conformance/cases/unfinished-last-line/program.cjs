console.log('x');
_katib_push(process.stdout).write('accuracy=0.25');
