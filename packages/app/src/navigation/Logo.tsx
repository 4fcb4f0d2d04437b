/** The mark of Modelport: three points of a model joined in a harbour's ring, in the colour of the text around it. */
export function Logo({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M25.5 7.5a13 13 0 1 1-19 0" />
      <path d="M10 20l6-11 6 11" />
      <circle cx="16" cy="8" r="2.5" fill="currentColor" />
      <circle cx="10" cy="20" r="2.5" fill="currentColor" />
      <circle cx="22" cy="20" r="2.5" fill="currentColor" />
    </svg>
  );
}
