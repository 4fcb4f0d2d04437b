/**
 * For tests of what stands on sources, and of readers of evidence.
 *
 * @packageDocumentation
 */

export * from './aModel';
export * from './FakeModelSource';
export * from './FakeVersionCopies';
export * from './mutationsOf';
export * from './readEvidence';
