/**
 * For tests of what stands on sources.
 *
 * @packageDocumentation
 */

export * from './FakeModelSource';
