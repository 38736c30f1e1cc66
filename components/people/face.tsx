import { useContext } from 'preact/hooks';
import type { UserId } from '../../lib/model/ids.ts';
import { Avatar } from '../ui/avatar.tsx';
import { FacesContext } from './faces.ts';
import { PresenceDot } from './presence-dot.tsx';

interface FaceProps {
  userId: UserId | null;
  name: string;
  src: string | null;
  size?: number;
}

/** A person's photo or initials, and whether they can be reached. */
export function Face({ userId, name, src, size = 28 }: FaceProps) {
  const presence = useContext(FacesContext).presenceOf(userId);
  return (
    <span class="people-face">
      <Avatar name={name} src={src} size={size} />
      {presence && <PresenceDot presence={presence} size={size < 28 ? 9 : 11} />}
    </span>
  );
}
