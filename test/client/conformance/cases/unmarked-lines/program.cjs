console.log('accuracy=9');
_katib_push(console).log('accuracy=1');
console.log('accuracy=9\naccuracy=9');
_katib_push(console).log('\nloss=1');
console.log('loss=9');
