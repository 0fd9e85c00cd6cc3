"""Letters: notices worded with the office's templates, as mails fixed to the byte.

``letters`` joins the parts · ``environment`` finds and renders templates · ``views`` is what templates see
· ``facts`` lists what each occasion may say · ``turkish`` puts case endings on names · ``mime`` writes the
bytes.
"""

from daemon.wording.environment import Templates as Templates
from daemon.wording.letters import Wording as Wording
