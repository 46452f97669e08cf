#include "core/base/feature_description.h"

namespace espalier {

std::span<const EnumName<Encoding>> enumNames(Encoding)
{
    static constexpr EnumName<Encoding> names[] = {
        {Encoding::Numeric, u"numeric", u"Numeric"},
        {Encoding::Image, u"image", u"Image"},
        {Encoding::Categorical, u"categorical", u"Categorical"},
        {Encoding::Binary, u"binary", u"Binary"},
        {Encoding::Text, u"text", u"Text"},
    };
    return names;
}

} // namespace espalier
