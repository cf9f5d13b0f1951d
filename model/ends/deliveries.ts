/** The actions by which a message between the ends is taken from the network and processed. */
export const DELIVERIES: readonly string[] = [
  'ClusterReceivesAnswer',
  'ClusterReceivesRequest',
  'ClusterAnswersAgain',
  'PeerReceivesAnswer',
  'PeerReceivesRequest',
  'PeerAnswersAgain',
]
