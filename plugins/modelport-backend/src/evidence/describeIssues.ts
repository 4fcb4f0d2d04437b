import { z } from 'zod';

const MOST_ISSUES = 5;

type Issue = z.core.$ZodIssue;

/** What is wrong with a document, where, and what was expected there; nothing of what it says. */
export function describeIssues(error: z.ZodError): string {
  const issues = error.issues.slice(0, MOST_ISSUES).map(sentenceOf);
  const more = error.issues.length - issues.length;
  return `${issues.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function sentenceOf(issue: Issue): string {
  const where = issue.path.length > 0 ? placeOf(issue.path) : 'the document';
  if (issue.code === 'invalid_type') {
    return /received undefined$/.test(issue.message)
      ? `${where} is missing, expected ${issue.expected}`
      : `${where}: ${inLower(issue.message)}`;
  }
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
    const expected = issue.errors.flatMap(expectedOf);
    return expected.length > 0
      ? `${where}: expected ${[...new Set(expected)].join(' or ')}`
      : `${where}: fits none of the forms that it may have`;
  }
  return `${where}: ${inLower(issue.message)}`;
}

/** What one form of a union expects of the value itself; nothing where it fits but for a part of it. */
function expectedOf(issues: Issue[]): string[] {
  return issues.flatMap(issue => {
    if (issue.path.length > 0) {
      return [];
    }
    if (issue.code === 'invalid_type') {
      return [issue.expected];
    }
    return issue.code === 'invalid_value'
      ? [issue.values.map(value => JSON.stringify(value)).join(', ')]
      : [];
  });
}

function placeOf(path: PropertyKey[]): string {
  return path
    .map((part, place) =>
      typeof part === 'number'
        ? `[${part}]`
        : `${place > 0 ? '.' : ''}${String(part)}`,
    )
    .join('');
}

/** As the rest of a sentence. */
function inLower(message: string): string {
  return message
    .replace(/^Invalid input: /, '')
    .replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase());
}
