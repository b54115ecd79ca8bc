/**
 * Where a server listens that goes away and comes back at its port: nobody else listens there, so that the port is not
 * given to another test meanwhile. On Linux each address of 127.0.0.0/8 is this machine; elsewhere there is only one.
 */
export const ownHost = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
