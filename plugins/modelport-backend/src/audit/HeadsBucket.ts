import { createHash } from 'node:crypto';
import {
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Config } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { AuditHead, AuditSink } from '@modelport/plugin-modelport-node';

/** Where in an object store heads are kept, as read from `modelport.audit.heads.s3`. */
export interface HeadsBucketConfig {
  bucket: string;
  /** What names of objects begin with. */
  prefix: string;
  region: string | undefined;
  /** Of a store that is not Amazon's. */
  endpoint: string | undefined;
  forcePathStyle: boolean;
  /** The account of `aws.accounts` whose credentials are taken; the main one unless given. */
  accountId: string | undefined;
}

const ANSWER_MS = 10_000;
const ATTEMPTS = 3;
const SEQ_DIGITS = 12;
const JSON_TYPE = 'application/json';
const NAME = /^(\d+)_([\dTZ:.-]+)_([\da-f]{64})_([\da-f]{64})_([\w-]+)\.json$/;

/**
 * Keeps heads in a bucket of an object store that speaks S3, each as an object of its own that is never written over. The
 * name of an object says all that its head says, so that one listing reads them, and they are listed as they were written.
 */
export class HeadsBucket implements AuditSink {
  readonly name: string;

  constructor(
    private readonly client: S3Client,
    private readonly options: Pick<HeadsBucketConfig, 'bucket' | 'prefix'>,
  ) {
    this.name = `bucket ${options.bucket}/${options.prefix}`;
  }

  /** With the credentials that the root config has under `aws`, else those of the machine. */
  static async create(
    settings: HeadsBucketConfig,
    rootConfig: Config,
  ): Promise<HeadsBucket> {
    const { region, endpoint, forcePathStyle, accountId } = settings;
    const { sdkCredentialProvider } =
      await DefaultAwsCredentialsManager.fromConfig(
        rootConfig,
      ).getCredentialProvider({ accountId });
    const client = new S3Client({
      region,
      endpoint,
      forcePathStyle,
      credentials: sdkCredentialProvider,
      maxAttempts: ATTEMPTS,
      requestHandler: {
        connectionTimeout: ANSWER_MS,
        requestTimeout: ANSWER_MS,
      },
      // Other stores than Amazon's know no newer sums than MD5.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return new HeadsBucket(client, settings);
  }

  async write(head: AuditHead): Promise<void> {
    const { bucket, prefix } = this.options;
    const body = Buffer.from(`${JSON.stringify(head)}\n`);
    await this.client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `${prefix}${nameOf(head)}`,
        Body: body,
        ContentType: JSON_TYPE,
        // What is kept under a lock has to have one.
        ContentMD5: createHash('md5').update(body).digest('base64'),
      }),
    );
  }

  /** @throws `Error` with the name of an object that is no head. */
  async read(): Promise<AuditHead[]> {
    const { bucket, prefix } = this.options;
    const heads: AuditHead[] = [];
    for await (const page of paginateListObjectsV2(
      { client: this.client },
      { Bucket: bucket, Prefix: prefix },
    )) {
      for (const { Key: key = '' } of page.Contents ?? []) {
        heads.push(headOf(key.slice(prefix.length)));
      }
    }
    return heads;
  }
}

function nameOf({ seq, at, digest, previous, signature }: AuditHead): string {
  const number = String(seq).padStart(SEQ_DIGITS, '0');
  const signed = Buffer.from(signature, 'base64').toString('base64url');
  return `${number}_${at}_${digest}_${previous}_${signed}.json`;
}

function headOf(name: string): AuditHead {
  const found = NAME.exec(name);
  if (!found) {
    throw new Error(`The object ${name} is no head`);
  }
  const [, seq, at, digest, previous, signed] = found;
  return {
    seq: Number(seq),
    digest,
    at,
    previous,
    signature: Buffer.from(signed, 'base64url').toString('base64'),
  };
}
