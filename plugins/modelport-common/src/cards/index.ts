export {
  CARD_PATHS,
  cardBody,
  isCardPath,
  MAX_CARD_BYTES,
  type CardBody,
  type CardColumn,
  type CardMetric,
  type CardPath,
  type ReadCard,
} from './cardBody';
export { cardCompleteness, type CompletenessInput } from './cardCompleteness';
export { cardVersion } from './cardVersion';
export { cleanText } from './cleanText';
export {
  metricContradictions,
  type DerivedMetric,
  type MetricContradiction,
} from './contradictions';
export { isPlaceholder } from './isPlaceholder';
export { metricName, type MetricSplit } from './metricName';
export { readCard } from './readCard';
export { readCycloneDxCard } from './readCycloneDxCard';
export { readMarkdownCard } from './readMarkdownCard';
export { readRegistryCard } from './readRegistryCard';
export { readSageMakerCard } from './readSageMakerCard';
export { readToolkitCard } from './readToolkitCard';
export { CARD_TEMPLATES } from './templates';
export type { CardTemplate, TemplateField } from './templates/CardTemplate';
export { writeCycloneDxCard } from './writeCycloneDxCard';
export { writeToolkitCard } from './writeToolkitCard';
export {
  writeHuggingFaceCard,
  type CardSubject,
  type WrittenCard,
} from './writeHuggingFaceCard';
