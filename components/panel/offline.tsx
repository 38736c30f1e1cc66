import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Notice } from '../ui/notice.tsx';

/** Without a network: that what waits goes out by itself. */
export function Offline({ waiting }: { waiting: number }) {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  if (online) return null;
  return (
    <div class="panel-notices">
      <Notice role="status">
        <p>{waiting ? t('acts.offline', { count: waiting }) : t('acts.offlineNothing')}</p>
      </Notice>
    </div>
  );
}
