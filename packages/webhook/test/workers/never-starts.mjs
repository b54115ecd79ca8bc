// A worker for tests: it can not be started.
throw new Error('no such grammar');
