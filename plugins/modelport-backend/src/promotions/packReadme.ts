import { Promotion } from '@modelport/plugin-modelport-common';

/** What is in an evidence pack, and how to check it without this portal. */
export function packReadme(options: {
  promotion: Promotion;
  /** Digests of evidence whose bytes are not kept. */
  missing: string[];
  signed: boolean;
}): string {
  const { promotion, missing, signed } = options;
  return `# Promotion ${promotion.id}

${promotion.name} version ${promotion.version} from the source ${
    promotion.source
  } into ${promotion.environment}, asked for by ${promotion.requestedBy} at ${
    promotion.requestedAt
  }; its state when this was written: ${promotion.state}.

| file | what it holds |
| --- | --- |
| promotion.json | the promotion with its decisions, waivers, conditions and execution |
| policy.json | the policy that it was requested under |
| gates.json | how every gate came out, at the request and where that changed later |
| evidence/<sha256> | the bytes of each document that it was judged on |
| chain.ndjson | the entries of the audit chain about it, one a line, as canonical JSON (RFC 8785) |
${
  signed
    ? '| heads.ndjson, head-key.pem | signed heads of the whole chain, and the public key of their signatures |\n'
    : ''
}| SHA256SUMS | digests of all files |

## Check it

All files are as they were written, and evidence is what its name says:

\`\`\`sh
sha256sum -c SHA256SUMS
for f in evidence/*; do [ "$(sha256sum < "$f" | cut -d' ' -f1)" = "$(basename "$f")" ] && echo "$f: OK"; done
\`\`\`

The digest of an entry of the chain is the SHA-256 of the entry without its digest:

\`\`\`sh
while read -r line; do
  want=$(printf '%s' "$line" | jq -r .digest)
  have=$(printf '%s' "$line" | jq -cSj 'del(.digest)' | sha256sum | cut -d' ' -f1)
  [ "$want" = "$have" ] && echo "$(printf '%s' "$line" | jq .seq): OK"
done < chain.ndjson
\`\`\`

Each entry names the digest of the one before it in the whole chain, as \`previousDigest\`; entries about other
promotions stand between these.
${
  signed
    ? `
A head says in which digest the chain ended at a time; its signature is Ed25519 over \`<seq> <digest> <at>\`:

\`\`\`sh
head -n 1 heads.ndjson | jq -j '"\\(.seq) \\(.digest) \\(.at)"' > head.txt
head -n 1 heads.ndjson | jq -r .signature | base64 -d > head.sig
openssl pkeyutl -verify -pubin -inkey head-key.pem -rawin -in head.txt -sigfile head.sig
\`\`\`
`
    : ''
}${
    missing.length > 0
      ? `
## Not in here

The bytes of these are not kept, since they hold rows of single people, or were erased; their digests stand in the
chain: ${missing.join(', ')}.
`
      : ''
  }`;
}
