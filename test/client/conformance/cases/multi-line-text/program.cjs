_katib_push(process.stdout).write('a\naccuracy=1.5\n\nloss=');
_katib_push(console).log('2\n\n');
