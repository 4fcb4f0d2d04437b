/**
 * For tests of what stands on sources, and of readers of evidence.
 *
 * @packageDocumentation
 */

export * from './FakeModelSource';
export * from './mutationsOf';
export * from './readEvidence';
