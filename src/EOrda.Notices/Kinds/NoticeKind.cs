namespace EOrda.Notices.Kinds;

/// <summary>The kinds of notices: those of 001, annex 1_8, the race's own, and two that the portal's law adds. What each says stands in <c>Texts/notices.json</c>.</summary>
public enum NoticeKind
{
    /// <summary>The application is in the queue (1).</summary>
    Queued,

    /// <summary>The application is under review: the originals of the scanned documents are to be shown (2).</summary>
    OriginalsToShow,

    /// <summary>The applicant took the application back (3).</summary>
    Withdrawn,

    /// <summary>The application was prolonged (4).</summary>
    Prolonged,

    /// <summary>The application left the queue by itself (5). Never sent where the child has died.</summary>
    Removed,

    /// <summary>The application's validity ends (6). A reply by SMS prolongs.</summary>
    ValidityEnding,

    /// <summary>A referral was issued (7).</summary>
    ReferralIssued,

    /// <summary>A referral was annulled without the parent's doing (8).</summary>
    ReferralAnnulled,

    /// <summary>The benefit has to be verified against the originals (9).</summary>
    BenefitToVerify,

    /// <summary>24 hours are left to verify the benefit (10).</summary>
    BenefitVerificationEnding,

    /// <summary>24 hours are left of the referral (11).</summary>
    ReferralEnding,

    /// <summary>The contract is ready to be signed (12).</summary>
    ContractOpened,

    /// <summary>24 hours are left to sign the contract (13).</summary>
    ContractEnding,

    /// <summary>The kindergarten refused the child, with a reason (14).</summary>
    EnrolmentRefused,

    /// <summary>The child is enrolled (15).</summary>
    Enrolled,

    /// <summary>The parent asked for the child to leave (16).</summary>
    LeavingRequested,

    /// <summary>The other side of the contract asks for consent to the child's leaving (17). A reply by SMS answers.</summary>
    LeavingConsentAsked,

    /// <summary>The request to leave was taken back (18).</summary>
    LeavingTakenBack,

    /// <summary>The child has left (19).</summary>
    Left,

    /// <summary>The application went to the stop-list (20).</summary>
    StopListed,

    /// <summary>The application is back from the stop-list (21).</summary>
    StopListEnded,

    /// <summary>The race: a place is held.</summary>
    Won,

    /// <summary>The race: a reservation lapsed.</summary>
    Lapsed,

    /// <summary>The race: another was faster.</summary>
    Lost,

    /// <summary>The race: the application is among those who may reserve at the next release.</summary>
    WindowReached,

    /// <summary>The application passed to the other legal representative; both are told (portal, P3).</summary>
    Transferred,

    /// <summary>A claimed benefit was refused; the application waits without it (rules, section 4).</summary>
    BenefitRefused,
}
