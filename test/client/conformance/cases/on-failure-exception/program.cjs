_katib_push(console).log('accuracy=1\nloss=2');
process.on('uncaughtException', () => process.exit(1));
throw new Error();
