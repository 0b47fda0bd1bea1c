import { useQuery } from '@tanstack/react-query'
import { solutionQuery } from '../api/queries'
import { words } from '../lib/format'

/** Its name in the catalogue; of one that is gone, its id. */
export function SolutionName({ id }: { id: string }) {
  return <>{useQuery(solutionQuery(id)).data?.name ?? words(id)}</>
}
