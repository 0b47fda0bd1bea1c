import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { solutionQuery } from '../../api/queries'
import { Notice } from '../../components/Notice'
import type { Visit } from '../../lib/visit'

/** Tells why one is asked: which solution it is for, and that one comes back to it. */
export function ForSolution({ visit }: { visit: Visit | undefined }) {
  const { t } = useTranslation()
  const solution = useQuery({ ...solutionQuery(visit?.solution_id ?? ''), enabled: !!visit })
  if (!visit || !solution.data) return null
  return <Notice>{t('For {{name}}. You return there when you are done.', { name: solution.data.name })}</Notice>
}
