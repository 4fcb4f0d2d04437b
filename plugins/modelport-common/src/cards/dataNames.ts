/** What exports call the two kinds of data, so that they are told apart when they are read again. */
export const TRAINING_DATA = 'Training data';
export const EVALUATION_DATA = 'Evaluation data';
