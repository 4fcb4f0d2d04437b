/** Something that could not be taken over, and why. */
export interface IngestProblem {
  where: string;
  message: string;
}
