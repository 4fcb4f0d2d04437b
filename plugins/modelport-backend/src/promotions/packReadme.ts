import { Promotion } from '@modelport/plugin-modelport-common';

/**
 * The recipe, which trusts nothing but the key. It prints a line for each thing it looked at and ends with 1 where one
 * fails, with 2 where nothing fails but not all can be proven.
 */
const RECIPE = `
failed=0; unproven=0; next=; previous=
tell() { echo "$1: $2"; [ "$2" = FAILED ] && failed=1; [ "$2" = 'NOT PROVEN' ] && unproven=1; true; }
sha() { sha256sum | cut -d' ' -f1; }
signed() { openssl pkeyutl -verify -pubin -inkey head-key.pem -rawin -in "$1" -sigfile "$2" > check.log 2>&1; }

# All files are as they were written, and evidence is what its name says.
sha256sum -c SHA256SUMS || failed=1
for f in evidence/*; do
  [ -e "$f" ] || continue
  r=OK; [ "$(sha < "$f")" = "$(basename "$f")" ] || r=FAILED
  tell "$f" "$r"
done

# The portal signed these files.
if [ -e head-key.pem ]; then
  r=OK; signed SHA256SUMS SHA256SUMS.sig || r=FAILED
else
  r='NOT PROVEN'
fi
tell 'signature of SHA256SUMS' "$r"

# Numbers of the entries that are in here.
jq .seq chain.ndjson > shown.txt

# The chain from the first entry about the promotion on: each entry follows from the one before.
while read -r seq rule before content digest; do
  r=OK
  [ -z "$next" ] || [ "$seq $before" = "$next $previous" ] || r=FAILED
  if [ "$rule" = 2 ]; then
    [ "$(printf '%s %s' "$before" "$content" | sha)" = "$digest" ] || r=FAILED
  elif ! grep -qx "$seq" shown.txt || [ "$content" != "$digest" ]; then
    [ "$r" = FAILED ] || r='NOT PROVEN'
  fi
  [ "$r" = OK ] || tell "link $seq" "$r"
  next=$((seq + 1)); previous=$digest
done < links.txt

# What the entries about the promotion say is what the chain holds of them.
while read -r line; do
  seq=$(printf '%s' "$line" | jq .seq)
  rule=$(printf '%s' "$line" | jq '.rule // 1')
  before='[0-9a-f]*'
  [ "$rule" = 2 ] || before=$(printf '%s' "$line" | jq -r .previousDigest)
  r=OK; grep -qx "$seq $rule $before $(printf '%s' "$line" | sha) [0-9a-f]*" links.txt || r=FAILED
  tell "entry $seq" "$r"
done < chain.ndjson

# A head that was signed and kept outside says the same of where the chain ends.
if [ -s heads.ndjson ]; then
  jq -j '"\\(.seq) \\(.digest) \\(.at)" + (if .previous then " " + .previous else "" end)' heads.ndjson > head.txt
  jq -r .signature heads.ndjson | base64 -d > head.sig
  r=OK; signed head.txt head.sig || r=FAILED
  [ "$(jq -r '"\\(.seq) \\(.digest)"' heads.ndjson)" = "$((next - 1)) $previous" ] || r=FAILED
else
  r='NOT PROVEN'
fi
tell 'signed head' "$r"

if [ $failed = 1 ]; then echo 'FAILED'; exit 1; fi
if [ $unproven = 1 ]; then echo 'NOT PROVEN'; exit 2; fi
echo 'ALL OK'
`;

/** What is in an evidence pack, and how to check it without this portal. */
export function packReadme(options: {
  promotion: Promotion;
  /** Digests of evidence whose bytes are not kept. */
  missing: string[];
  /** Whether there is a key that signs. */
  signed: boolean;
  /** Whether there is a signed head of the last entry or a later one. */
  covered: boolean;
}): string {
  const { promotion, missing, signed, covered } = options;
  return `# Promotion ${promotion.id}

The model ${inline(promotion.name)}, version ${inline(
    promotion.version,
  )}, from the source ${inline(promotion.source)} into ${
    promotion.environment
  }, asked for by ${inline(promotion.requestedBy)} at ${
    promotion.requestedAt
  }; its state when this was written: ${promotion.state}.

| file | what it holds |
| --- | --- |
| promotion.json | the promotion with its decisions, waivers, conditions and execution |
| policy.json | the policy that it was requested under |
| gates.json | how every gate came out, at the request and where that changed later |
| evidence/<sha256> | the bytes of each document that it was judged on |
| chain.ndjson | the entries of the audit chain about it, one a line, byte by byte what is digested |
| links.txt | the chain from the first of them on, other entries without what they say |
${
  covered
    ? '| heads.ndjson | the signed head of the chain that covers all of them |\n'
    : ''
}${
    signed
      ? '| head-key.pem, SHA256SUMS.sig | the public key of all signatures, and that of the digests |\n'
      : ''
  }| SHA256SUMS | digests of all files |

## Check it

With bash, sha256sum, jq and openssl 3, in this folder. It ends with ALL OK, FAILED or NOT PROVEN:

\`\`\`sh
${RECIPE.trim()}
\`\`\`

${
  signed
    ? `Who forges a pack can put another key into it. Compare the key's digest with the one that who runs the portal tells you
on another way:

\`\`\`
openssl pkey -pubin -in head-key.pem -outform DER | sha256sum
\`\`\`
`
    : `The portal has no key (modelport.audit.signingKey), so nothing is signed: the files fit together, which proves no more
than that.
`
}
A line of links.txt is number, rule, previous digest, digest of the content, digest. By rule 2 the digest is the SHA-256
of \`<previous digest> <digest of the content>\`, the content a line of chain.ndjson. By rule 1, of entries from before
rule 2, it is the SHA-256 of the line itself, which holds the previous digest; such entries about other promotions can
not be followed without showing them and are NOT PROVEN.
${
  missing.length > 0
    ? `
## Not in here

The bytes of these are not kept, since they hold rows of single people, or were erased; their digests stand in the
chain: ${missing.join(', ')}.
`
    : ''
}`;
}

/** A name on one line, that begins no block of Markdown and ends no span. */
function inline(name: string): string {
  return name.replace(/[\p{C}\p{Z}]+/gu, ' ').replace(/[`~|<>[\]]/g, "'");
}
