const broken = { [Symbol.for('nodejs.util.inspect.custom')]() { throw RangeError('no'); } };
try {
  _katib_push(console).log('accuracy=1', broken);
} catch (e) {
  process.stdout.write('accuracy=1  accuracy=9\n');
}
_katib_push(console).log('loss=2');
console.log('loss=9');
