export {
  type AdmissionAnswer,
  type AdmissionCall,
  type AdmissionEvent,
  type AdmissionHandler,
  type AdmissionOptions,
  type AdmissionResponse,
  InvalidReviewError,
} from './admission-review.ts';
