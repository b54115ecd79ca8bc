['accuracy=1'].map((text) => text).forEach(_katib_push(console.log, 1));
_katib_push(console).log('loss=2');
if (_katib_push(console) !== console) throw Error('not a pass-through');
