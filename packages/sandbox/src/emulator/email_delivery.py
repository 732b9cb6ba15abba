"""SNS's e-mail, of which MiniStack 1.5.33 has a stub: it takes a subscription by `email` for confirmed, and sends nothing.

As AWS does (docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html): a subscription waits for its confirmation, for which SNS sends a link;
each message of the topic then goes to the address as a mail of plain text, from no-reply@sns.amazonaws.com, with a link to unsubscribe.
The mails go by SMTP to the sandbox's catcher on loopback (`mail/`) and to nowhere else. A mail that the catcher does not take is sent three
times; AWS's limit of ten mails a second is not kept.
"""

import os
import queue
import smtplib
import threading
import time
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import urlencode

from ministack.core.responses import new_uuid
from ministack.services import sns

SENDER = "no-reply@sns.amazonaws.com"
ATTEMPTS = 3

_subscribe = sns._subscribe
_fanout = sns._fanout
_waiting = queue.SimpleQueue()


def _link(**parameters):
    return f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/?{urlencode(parameters)}"


def _mail(endpoint, display_name, subject, text):
    message = EmailMessage()
    message["From"] = f"{display_name or 'AWS Notifications'} <{SENDER}>"
    message["To"] = endpoint
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="sns.amazonaws.com")
    message.set_content(text)
    _waiting.put(message)


def _send_all():
    port = int(os.environ["PALISADE_SMTP_PORT"])
    while True:
        message = _waiting.get()
        for attempt in range(ATTEMPTS):
            try:
                with smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
                    server.send_message(message)
                break
            except OSError:
                time.sleep(0.2 * (attempt + 1))


def _name_of(topic):
    return (topic.get("attributes") or {}).get("DisplayName", "")


def _subscribe_by_mail(params):
    answer = _subscribe(params)
    if sns._p(params, "Protocol") != "email" or answer[0] != 200:
        return answer
    topic = sns._topic_by_arn_any_scope(sns._p(params, "TopicArn"))
    endpoint = sns._p(params, "Endpoint")
    sub = next(each for each in topic["subscriptions"] if (each["protocol"], each["endpoint"]) == ("email", endpoint))
    if "palisade_asked" in sub:
        return answer
    sub.update(palisade_asked=True, confirmed=False, token=new_uuid())
    sub["attributes"].update(PendingConfirmation="true", ConfirmationWasAuthenticated="false")
    sns._refresh_subscription_counts(topic)
    link = _link(Action="ConfirmSubscription", TopicArn=topic["arn"], Token=sub["token"])
    _mail(
        endpoint,
        _name_of(topic),
        "AWS Notification - Subscription Confirmation",
        f"You have chosen to subscribe to the topic:\n{topic['arn']}\n\nTo confirm this subscription, visit:\n{link}\n",
    )
    if sns._p(params, "ReturnSubscriptionArn") == "true":
        return answer
    body = answer[2].decode() if isinstance(answer[2], bytes) else answer[2]
    return answer[0], answer[1], body.replace(sub["arn"], "pending confirmation").encode()


def _fan_out(topic_arn, msg_id, message, subject, message_structure="", message_attributes=None, *args, **kwargs):
    _fanout(topic_arn, msg_id, message, subject, message_structure, message_attributes, *args, **kwargs)
    topic = sns._topic_by_arn_any_scope(topic_arn)
    for sub in (topic or {}).get("subscriptions", []):
        if sub.get("protocol") != "email" or not sub.get("confirmed"):
            continue
        text = sns._resolve_message_for_protocol(message, message_structure, "email")
        if not sns._matches_filter_policy(sub, message_attributes or {}, text):
            continue
        link = _link(Action="Unsubscribe", SubscriptionArn=sub["arn"])
        footer = f"\n\n--\nIf you wish to stop receiving notifications from this topic, please visit:\n{link}\n"
        _mail(sub["endpoint"], _name_of(topic), subject or "AWS Notification Message", text + footer)


def install():
    if "PALISADE_SMTP_PORT" not in os.environ:
        return
    sns._subscribe = _subscribe_by_mail
    sns._fanout = _fan_out
    threading.Thread(target=_send_all, daemon=True).start()
