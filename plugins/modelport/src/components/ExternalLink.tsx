import { useTranslationRef } from '@backstage/frontend-plugin-api';
import OpenIcon from '@mui/icons-material/OpenInNew';
import Link from '@mui/material/Link';
import { componentTranslationRef } from './messages';

/** The address where it is http or https; undefined for every other scheme and for what is no address. */
export function safeUrl(url: string): string | undefined {
  try {
    const parsed = new URL(url);
    return ['http:', 'https:'].includes(parsed.protocol)
      ? parsed.href
      : undefined;
  } catch {
    return undefined;
  }
}

/** A link out of the portal; plain text where the address is not http or https. */
export function ExternalLink(props: { url: string; title: string }) {
  const { t } = useTranslationRef(componentTranslationRef);
  const href = safeUrl(props.url);
  if (!href) {
    return <>{props.title}</>;
  }
  return (
    <Link
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('externalLink', { title: props.title })}
      sx={{ overflowWrap: 'anywhere' }}
    >
      {props.title}{' '}
      <OpenIcon sx={{ fontSize: '0.9em', verticalAlign: 'middle' }} />
    </Link>
  );
}
