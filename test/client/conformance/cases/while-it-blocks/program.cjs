_katib_push(console).log('accuracy=1');
_katib_push(console).log('loss=2');
// the loop does not turn
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
process.kill(process.pid, 'SIGKILL');
