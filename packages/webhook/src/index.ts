export {
  type AdmissionAnswer,
  type AdmissionCall,
  type AdmissionEvent,
  type AdmissionHandler,
  type AdmissionOptions,
  type AdmissionResponse,
  InvalidReviewError,
} from './admission-review.ts';
export { createAdmissionHandler } from './create-admission-handler.ts';
export { decodePatch } from './review/decision.ts';
export { deadlineOf } from './time.ts';
