import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/Page'
import { ProblemNotice } from '../../components/Notice'
import { Loading } from '../../components/States'
import { useArrival } from '../../lib/arrival'

/** A provider's sign-in ends here; what this tab remembers says where it goes on. */
export default function WelcomePage() {
  const { t } = useTranslation()
  const arrive = useArrival()
  const [error, setError] = useState<unknown>(null)
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    arrive().catch(setError)
  })
  return <Page narrow title={t('Welcome')}>{error === null ? <Loading rows={1} /> : <ProblemNotice error={error} />}</Page>
}
