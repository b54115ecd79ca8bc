_katib_push(console).log('accuracy=1');
_katib_push(console).log('loss=2');
const end = Date.now() + 1000;
while (Date.now() < end);
process.kill(process.pid, 'SIGKILL');
