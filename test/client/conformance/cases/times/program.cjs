const { performance } = require("perf_hooks");
Date.now = performance.now = () => 0;
process.hrtime.bigint = () => 0n;
_katib_push(console).log('accuracy=1\nloss=2');
_katib_push(console).log('loss=3');
