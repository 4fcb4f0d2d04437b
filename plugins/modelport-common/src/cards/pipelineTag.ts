/** Tasks as this portal calls them, by Hugging Face's tags for pipelines; those without a tag there have none. */
const TAGS: Readonly<Record<string, string>> = {
  binary: 'tabular-classification',
  'binary-classification': 'tabular-classification',
  binary_classification: 'tabular-classification',
  multiclass: 'tabular-classification',
  classification: 'tabular-classification',
  regression: 'tabular-regression',
  forecasting: 'time-series-forecasting',
};

/** Tags of https://github.com/huggingface/huggingface.js (packages/tasks, November 2026) as they are. */
const KNOWN = new Set(
  `any-to-any audio-classification audio-text-to-text audio-to-audio automatic-speech-recognition depth-estimation
  document-question-answering feature-extraction fill-mask graph-ml image-classification image-feature-extraction
  image-segmentation image-text-to-text image-to-3d image-to-image image-to-text image-to-video keypoint-detection
  mask-generation multiple-choice object-detection other question-answering reinforcement-learning robotics
  sentence-similarity summarization table-question-answering table-to-text tabular-classification tabular-regression
  tabular-to-text text-classification text-generation text-ranking text-retrieval text-to-3d text-to-audio text-to-image
  text-to-speech text-to-video time-series-forecasting token-classification translation unconditional-image-generation
  video-classification video-text-to-text video-to-video visual-document-retrieval visual-question-answering
  voice-activity-detection zero-shot-classification zero-shot-image-classification zero-shot-object-detection`.split(
    /\s+/,
  ),
);

/** The tag of Hugging Face for a task; undefined where there is none. */
export function pipelineTag(task: string | undefined): string | undefined {
  if (task === undefined) {
    return undefined;
  }
  const key = task.trim().toLowerCase();
  if (KNOWN.has(key)) {
    return key;
  }
  return Object.hasOwn(TAGS, key) ? TAGS[key] : undefined;
}
