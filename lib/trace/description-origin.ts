/**
 * The session id and version of a description's `o=` line, which stay when a text is altered on its way.
 * `undefined` without such a line, and for the short session ids that some servers write into every description.
 */
export function descriptionOrigin(sdp: string): string | undefined {
  const origin = /^o=\S+ (\S{5,}) (\S+)/m.exec(sdp);
  return origin ? `${origin[1]} ${origin[2]}` : undefined;
}
