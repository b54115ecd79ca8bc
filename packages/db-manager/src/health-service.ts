import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type ServerWritableStream,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';

interface HealthRequest {
  readonly service: string;
}

interface HealthReply {
  readonly status: 'SERVING' | 'SERVICE_UNKNOWN';
}

/** The handlers of `grpc.health.v1.Health`, and a way to end the watches when the server closes. */
export interface HealthService {
  readonly handlers: UntypedServiceImplementation;
  endWatches(): void;
}

/**
 * Check knows what Katib's knows: the server as a whole (`''`) and `grpc.health.v1.Health`. Any other name, also that of
 * DBManager, is an error with status UNKNOWN and not the protocol's NOT_FOUND (`cmd/db-manager/v1beta1/main.go`).
 * Katib has no Watch. Here it answers once, as the protocol says, and stays open.
 *
 * `counted` is called once per check and watch.
 */
export function createHealthService(counted: () => void): HealthService {
  const watches = new Set<ServerWritableStream<HealthRequest, HealthReply>>();
  const knows = (service: string) => service === '' || service === 'grpc.health.v1.Health';

  const check: handleUnaryCall<HealthRequest, HealthReply> = (call, callback) => {
    counted();
    if (knows(call.request.service)) {
      callback(null, { status: 'SERVING' });
    } else {
      const details = 'grpc.health.v1.Health can only be accepted if you specify service name.';
      callback({ code: status.UNKNOWN, details });
    }
  };
  const watch: handleServerStreamingCall<HealthRequest, HealthReply> = (call) => {
    counted();
    watches.add(call);
    call.on('cancelled', () => watches.delete(call));
    call.write({ status: knows(call.request.service) ? 'SERVING' : 'SERVICE_UNKNOWN' });
  };

  return {
    handlers: { Check: check, Watch: watch },
    endWatches() {
      for (const call of watches) call.end();
      watches.clear();
    },
  };
}
